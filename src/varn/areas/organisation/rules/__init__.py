"""What holds in a security organisation, as pure functions over plain values."""
