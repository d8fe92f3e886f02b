"""botflow's sans-IO chatbot engine."""
