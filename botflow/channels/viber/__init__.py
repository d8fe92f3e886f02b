"""Viber over its REST bot API."""
