"""SMS over HTTP, in the way of Twilio."""
