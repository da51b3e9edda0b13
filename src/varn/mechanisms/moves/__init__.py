"""Moving a thing along its lifecycle: row lock, right, conditions, new state, history and trail, in one transaction."""
