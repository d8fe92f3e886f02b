import { useQuery } from "@tanstack/react-query";
import { answer, api, type Schemas } from "../api/client";
import { queries } from "../api/queries";

export type OwnSession = Schemas["SessionView"];

const SESSIONS = ["own-sessions"];

/** Where one is signed in, the latest used first. */
export const useOwnSessions = () =>
  useQuery({ queryKey: SESSIONS, queryFn: async () => (await answer(api.GET("/api/v1/me/sessions"))).items });

export async function endSession(id: string): Promise<void> {
  await api.DELETE("/api/v1/me/sessions/{session_id}", { params: { path: { session_id: id } } });
  await queries.invalidateQueries({ queryKey: SESSIONS });
}

/** Choose a new password; one's other sessions end. Raises a 422 at `/current` or `/new`, a 409 for a second time in a day. */
export async function changePassword(current: string, chosen: string): Promise<void> {
  await api.PUT("/api/v1/me/password", { body: { current, new: chosen } });
  await queries.invalidateQueries({ queryKey: SESSIONS });
}
