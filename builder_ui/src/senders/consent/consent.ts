import { useQuery } from "@tanstack/react-query";
import { answer, api, type Schemas } from "../../api/client";
import { queries } from "../../api/queries";

export type ConsentSettings = Schemas["SettingsView"];

/** The lists of words, in their order on the page. */
export const WORDS = ["opt_out_words", "help_words", "join_words"] as const;
/** What is answered, by field. */
export const RESPONSES = ["opt_out_response", "help_response", "join_response", "auto_reply"] as const;
/** What belongs to templates of the vendor that ask for consent (CO-7). */
export const TEMPLATE_WORDS = ["consent_templates", "consent_yes", "consent_no"] as const;

const of = (id: string) => ({ params: { path: { sender_id: id } } });
const key = (id: string) => ["senders", id, "consent"];

/** Words, responses and rules of a sender (CO-3). */
export const useConsent = (id: string) => useQuery({ queryKey: key(id), queryFn: () => answer(api.GET("/api/v1/senders/{sender_id}/consent", of(id))) });

export async function keepConsent(id: string, settings: ConsentSettings): Promise<ConsentSettings> {
  const kept = await answer(api.PUT("/api/v1/senders/{sender_id}/consent", { ...of(id), body: settings as Schemas["SettingsBody"] }));
  await queries.invalidateQueries({ queryKey: key(id) });
  return kept;
}
