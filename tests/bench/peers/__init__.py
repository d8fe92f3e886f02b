"""What our figures are compared with, each as its users would write it."""
