"""What holds for every request and every answer, whatever page it is: headers, origins, bounds, numbers, sent forms."""
