"""The step that erases whom a CRM told to forget."""
