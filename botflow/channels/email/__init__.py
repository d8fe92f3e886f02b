"""E-mail over SMTP (RFC 5321), its bounces (RFC 3464), and unsubscribing with one click (RFC 8058)."""
