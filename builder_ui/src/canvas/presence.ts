import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { answer, api, type Schemas } from "../api/client";
import { noticeVersion } from "../chatbots/chatbots";

export type Gathering = Schemas["GatheringView"];

/** The server forgets a page that says nothing for 45 seconds. */
const EVERY_MS = 15_000;

/** This page, among all that have chatbots open. Pages without https have no `crypto.randomUUID`. */
const PAGE = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

const say = (id: string, leaves: boolean) => api.POST("/api/v1/chatbots/{chatbot_id}/presence", { params: { path: { chatbot_id: id } }, body: { page: PAGE, leaves }, keepalive: leaves });

async function comeAgain(id: string): Promise<Gathering> {
  const found = await answer(say(id, false));
  noticeVersion(id, found.newest_version);
  return found;
}

/** Who else has the chatbot open for editing, and what the draft on the server is by now (ED-5). */
export function useGathering(id: string): Gathering | undefined {
  useEffect(() => {
    const leave = () => void say(id, true).catch(() => undefined);
    addEventListener("pagehide", leave);
    return () => {
      removeEventListener("pagehide", leave);
      leave();
    };
  }, [id]);
  // a page in the background has it open too
  return useQuery({ queryKey: ["presence", id], queryFn: () => comeAgain(id), refetchInterval: EVERY_MS, refetchIntervalInBackground: true, gcTime: 0 }).data;
}
