"""What companies' own systems are told: outbound webhooks (AP-3)."""
