import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { answer, api, type Schemas } from "../api/client";
import { linksOf, type Link } from "../canvas/elements";
import type { Period } from "../history/period";
import { ELSE, type Scenario } from "../scenario/model";
import { beginOfDay } from "../workspace/days";

export type Figures = Schemas["FiguresView"];
export type NodeFigures = Schemas["NodeView"];
export type Thread = Schemas["ThreadView"];

/** How often the figures are read again while somebody looks. */
const EVERY_MS = 10_000;

/** What happened at the nodes, and who is there now (ED-6). */
export const useFigures = (id: string, { version, first, last }: Period, timeZone: string) =>
  useQuery({
    queryKey: ["chatbots", id, "figures", version, first, last],
    queryFn: () =>
      answer(
        api.GET("/api/v1/chatbots/{chatbot_id}/figures", {
          params: {
            path: { chatbot_id: id },
            query: {
              ...(version !== "" && { version }),
              ...(first && { since: beginOfDay(first, timeZone) }),
              ...(last && { until: beginOfDay(last, timeZone, 1) }),
            },
          },
        }),
      ),
    refetchInterval: EVERY_MS,
    placeholderData: keepPreviousData,
  });

const MOST_THREADS = 20;

/** The chats that are at a node now, those that changed last first. */
export const useThreadsAt = (chatbot: string, node: string, version: number | "", isOn: boolean) =>
  useQuery({
    queryKey: ["threads", chatbot, node, version],
    queryFn: () => answer(api.GET("/api/v1/threads", { params: { query: { chatbot, node, live: true, limit: MOST_THREADS, ...(version !== "" && { version }) } } })),
    enabled: isOn,
    refetchInterval: EVERY_MS,
  });

/** The links with how often their branch was taken; of actions nobody counts which of several links was. */
export function countedLinks(scenario: Scenario, figures: ReadonlyMap<string, NodeFigures>): Link[] {
  return linksOf(scenario).map((link) => {
    const { node, handle } = link.data!.from;
    const branch = handle === ELSE ? "" : handle.startsWith("branch:") ? handle.slice("branch:".length) : null;
    const count = branch === null ? undefined : figures.get(node)?.branches[branch];
    return count ? { ...link, label: String(count) } : link;
  });
}

/** Reasons with their counts, the most frequent first. */
export const byCount = (counts: Readonly<Record<string, number>>): [string, number][] => Object.entries(counts).sort(([, one], [, other]) => other - one);
