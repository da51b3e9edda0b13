"""What every area shares: access, trail, moves, references, files, notices, jobs, imports, exports, search, shell."""
