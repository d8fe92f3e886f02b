import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { holdMoves, navigate } from "./router";

let releases: (() => void)[] = [];
const hold = () => {
  const ask = vi.fn();
  const release = holdMoves(ask);
  releases.push(release);
  return { ask, release };
};

beforeEach(() => {
  const location = { pathname: "/senders/a" };
  vi.stubGlobal("location", location);
  vi.stubGlobal("history", { pushState: (_: unknown, __: string, path: string) => (location.pathname = path) });
  vi.stubGlobal("dispatchEvent", vi.fn());
});
afterEach(() => {
  for (const release of releases) release();
  releases = [];
  vi.unstubAllGlobals();
});

it("asks once before a page with two unsaved forms is left", () => {
  const [one, other] = [hold(), hold()];
  navigate("/senders");
  expect(one.ask.mock.calls.length + other.ask.mock.calls.length).toBe(1);
  expect(location.pathname).toBe("/senders/a");
});

it.each([0, 1])("goes on asking once one of the two is saved", (saved) => {
  const forms = [hold(), hold()];
  forms[saved]!.release();
  navigate("/senders");
  expect(forms[1 - saved]!.ask).toHaveBeenCalledOnce();
  expect(location.pathname).toBe("/senders/a");
});

it("moves once both are saved, and when somebody says so", () => {
  const [one, other] = [hold(), hold()];
  one.release();
  other.ask.mockImplementation((leave: () => void) => leave());
  navigate("/senders");
  expect(location.pathname).toBe("/senders");
  other.release();
  navigate("/senders/a");
  expect(location.pathname).toBe("/senders/a");
});
