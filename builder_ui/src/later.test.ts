import { createElement, type FunctionComponent, Suspense } from "react";
import { renderToString } from "react-dom/server";
import { expect, it, vi } from "vitest";
import { later } from "./later";

const Page = () => "the page";

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

const drawn = (Page: FunctionComponent<unknown>) => renderToString(createElement(Suspense, { fallback: "waiting" }, createElement(Page)));

it("waits for what has not come", () => {
  expect(drawn(later(async () => ({ default: Page })).Page)).toContain("waiting");
});

it("draws at once what has come", async () => {
  const found = later(async () => ({ default: Page }));
  await found.load();
  expect(drawn(found.Page)).toBe("<!--$-->the page<!--/$-->");
});
