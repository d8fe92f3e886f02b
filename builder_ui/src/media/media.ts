import { useQuery } from "@tanstack/react-query";
import { all, answer, api, type Schemas } from "../api/client";
import { queries } from "../api/queries";

export type Media = Schemas["MediaView"];

const MEDIA = "media";

/** Every file that people uploaded, the newest first. */
export const useLibrary = () =>
  useQuery({ queryKey: [MEDIA], queryFn: () => all((query) => api.GET("/api/v1/media", { params: { query } })) });

export const useMediaFile = (key: string) =>
  useQuery({ queryKey: [MEDIA, key], queryFn: () => answer(api.GET("/api/v1/media/{media_key}", of(key))) });

const of = (key: string) => ({ params: { path: { media_key: key } } });

/** What was read of the library is read again. */
export const refresh = () => queries.invalidateQueries({ queryKey: [MEDIA] });

export async function rename(key: string, name: string): Promise<void> {
  await api.PATCH("/api/v1/media/{media_key}", { ...of(key), body: { name } });
  await refresh();
}

/** Raises a 409 that names the published chatbots which use it. */
export async function remove(key: string): Promise<void> {
  await api.DELETE("/api/v1/media/{media_key}", of(key));
  queries.removeQueries({ queryKey: [MEDIA, key] });
  await queries.invalidateQueries({ queryKey: [MEDIA], exact: true });
}

/** Where whoever is signed in gets the bytes. */
export const contentAddress = (key: string) => `/api/v1/media/${encodeURIComponent(key)}/content`;

/** The address of a file for others. A server that does not know its own says the path only. */
export const linkOf = (url: string) => new URL(url, location.href).href;
