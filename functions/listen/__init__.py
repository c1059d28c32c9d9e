"""The step that asks about accounts again, and makes a new high story an alert, an activity or a lead."""
