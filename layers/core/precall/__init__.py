"""What every Precall step shares: the model, events, errors, settings and the ports to AWS and the web."""
