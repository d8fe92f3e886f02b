import { create } from "zustand";

interface Samples {
  /** What placeholders stand for when something is tried, by their names. */
  values: Readonly<Record<string, string>>;
  set: (name: string, value: string) => void;
}

/** The values that expressions and scripts are tried with: typed once, used everywhere until the page is left. */
export const useSamples = create<Samples>()((set) => ({
  values: {},
  set: (name, value) => set(({ values }) => ({ values: { ...values, [name]: value } })),
}));
