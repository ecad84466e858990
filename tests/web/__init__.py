"""What the web room promises, told from outside."""
