"""A bot in the terminal. Each line is a message: python examples/embedding/ten_lines.py [SCENARIO.json]"""

import sys
from pathlib import Path

from botflow_runtime import Driver, load_scenario

scenario = load_scenario(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent / "pizza-order.json")
driver = Driver([scenario], lambda phone, content: print("bot:", scenario.content.text_of(content)))
driver.start("+15550100", scenario.id)
for line in sys.stdin:
    driver.run_due()
    driver.receive("+15550100", line.strip())
driver.close()
