import { expect, it, vi } from "vitest";
import { later } from "./later";

const Page = () => null;

it("loads once what several ask for", async () => {
  const get = vi.fn(async () => ({ default: Page }));
  const { load } = later(get);
  expect(await load()).toBe(await load());
  expect(get).toHaveBeenCalledTimes(1);
});

it("asks again for what did not come", async () => {
  const get = vi.fn(async () => ({ default: Page }));
  get.mockRejectedValueOnce(new Error("no connection"));
  const { load } = later(get);
  await expect(load()).rejects.toThrow("no connection");
  await expect(load()).resolves.toEqual({ default: Page });
});
