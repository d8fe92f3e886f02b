import { hashKey, keepPreviousData, type QueryKey, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Place } from "../api/client";
import { queries } from "../api/queries";
import { useSettled } from "../workspace/useSettled";
import { useUnsaved } from "../workspace/unsaved";
import { brokenAt, focusOn } from "./brokenRules";

/** How long nothing is typed before the server is asked. */
export const CHECK_AFTER_MS = 300;

/** Asks the server for every rule that a draft breaks. */
export interface Check {
  queryKey: QueryKey;
  queryFn: () => Promise<Place[]>;
  staleTime: number;
}

interface FormOptions<Draft> {
  start: Draft;
  isLocked: boolean;
  checkOf: (draft: Draft) => Check;
  /** A broken rule in the language of the page. */
  words: (broken: Place) => string;
  /** Broken rules that the page knows of by itself; they are told first. */
  brokenHere?: (draft: Draft) => readonly Place[];
}

/** What the fields of a form know, and what they say of themselves. */
export interface CheckedFields<Draft> {
  draft: Draft;
  isLocked: boolean;
  /** Somebody was at this field: what is wrong with it may be said there from now on. */
  leave: (pointer: string) => void;
  /** What to say at the field of a place; `isWhole`: of what is inside it, too. */
  problemAt: (pointer: string, isWhole?: boolean) => string | undefined;
}

/** A form whose rules are the server's, which judges it while somebody types. Who only begins to write is told nothing yet. */
export function useCheckedForm<Draft>({ start, isLocked, checkOf, words, brokenHere = () => [] }: FormOptions<Draft>) {
  const [typed, setTyped] = useState<Draft | null>(null);
  const [isTellingAll, setTellingAll] = useState(false);
  const left = useLeft();
  const draft = isLocked ? start : (typed ?? start);
  const isChanged = !isLocked && hashKey([draft]) !== hashKey([start]);
  useUnsaved(isChanged);
  // what was found before stays till there is an answer
  const check = useQuery({ ...checkOf(useSettled(draft, CHECK_AFTER_MS)), enabled: !isLocked, placeholderData: keepPreviousData });
  const broken = isLocked ? [] : [...brokenHere(draft), ...(check.data ?? [])];
  const brokenNow = async () => [...brokenHere(draft), ...(await foundNow(checkOf(draft)))];
  const fields: CheckedFields<Draft> = {
    draft,
    isLocked,
    leave: left.add,
    problemAt: (pointer, isWhole) => {
      const found = isTellingAll || left.has(pointer) ? brokenAt(broken, pointer, isWhole) : undefined;
      return found && words(found);
    },
  };
  return {
    fields,
    write: (next: Draft) => setTyped(() => next),
    isChanged,
    broken,
    isTellingAll,
    error: check.error,
    /** Does it if what is written now keeps every rule; else tells all that are broken, and goes to the first. */
    unlessBroken: async (act: () => void) => {
      const found = await brokenNow();
      setTellingAll(found.length > 0);
      if (found[0]) focusOn(found[0].pointer);
      else act();
    },
  };
}

/** Where there is no answer, keeping it or sending it in will tell. */
const foundNow = (check: Check): Promise<Place[]> => queries.fetchQuery({ ...check, retry: false }).catch(() => []);

/** The fields that somebody was at. */
function useLeft() {
  const [pointers, setPointers] = useState<ReadonlySet<string>>(new Set());
  return { has: (pointer: string) => pointers.has(pointer), add: (pointer: string) => setPointers((before) => new Set(before).add(pointer)) };
}
