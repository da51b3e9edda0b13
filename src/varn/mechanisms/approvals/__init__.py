"""Four eyes (godkännanden): what nobody does alone. A request says what exactly is done; another person decides."""
