"""Templates of messages: contents that a company keeps and what its operators pick from (AS-3), and those that WhatsApp
approves (AS-4, MS-6)."""
