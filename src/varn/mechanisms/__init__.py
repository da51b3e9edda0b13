"""What every area shares: access, the trail, moves, references, files, notices, jobs, imports, exports, search, the shell."""
