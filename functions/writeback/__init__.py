"""The step that gives a brief back to the CRM which the lead came from."""
