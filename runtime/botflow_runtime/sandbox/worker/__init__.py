"""What runs on the far side: the zygote and its workers. Imports nothing of the engine, so that forks stay cheap."""
