"""What people write beside a thing. Who may see the thing may read it; nobody else knows that it exists."""
