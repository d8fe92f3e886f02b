import { useQuery } from "@tanstack/react-query";
import { all, answer, api, type Schemas } from "../api/client";
import type { Check } from "../checkedForm/useCheckedForm";
import { queries } from "../api/queries";
import { isPlaced } from "../workspace/places";
import type { Channel, Draft, Registration } from "./draft";

export type Limits = Schemas["RegistrationLimitsView"];

const REGISTRATIONS = ["sender-registrations"];

const one = (id: string) => ({ params: { path: { registration_id: id } } });

/** Every application of the company. */
export const useRegistrations = () =>
  useQuery({ queryKey: REGISTRATIONS, queryFn: () => all((query) => api.GET("/api/v1/sender-registrations", { params: { query } })) });

export const useRegistration = (id: string) =>
  useQuery({ queryKey: [...REGISTRATIONS, id], queryFn: () => answer(api.GET("/api/v1/sender-registrations/{registration_id}", one(id))) });

export const useLimits = () =>
  useQuery({ queryKey: ["sender-registration-limits"], queryFn: () => answer(api.GET("/api/v1/sender-registrations/limits")), staleTime: Infinity });

const bodyOf = ({ channel, name, details }: Draft) => ({ channel: channel as Channel, name, details: { ...details } as Record<string, unknown> });

/** Every rule of the server that an application breaks. */
export const checkOf = (draft: Draft): Check => ({
  queryKey: ["sender-registration-check", bodyOf(draft)],
  queryFn: () =>
    answer(api.POST("/api/v1/sender-registrations/check", { body: bodyOf(draft) })).then(
      ({ errors }) => errors,
      (error) => {
        if (isPlaced(error)) return [...error.places]; // longer than any draft may be
        throw error;
      },
    ),
  staleTime: 10_000,
});

export async function makeRegistration(draft: Draft): Promise<Registration> {
  return noticed(await answer(api.POST("/api/v1/sender-registrations", { body: bodyOf(draft) })));
}

/** Raises a 409 where somebody else has changed it since it was `seen`. */
export async function changeRegistration(id: string, draft: Draft, seen: string): Promise<Registration> {
  const { name, details } = bodyOf(draft);
  return noticed(await answer(api.PATCH("/api/v1/sender-registrations/{registration_id}", { ...one(id), body: { name, details, seen } })));
}

/** Send it in, call it off, or record what was decided. */
export async function moveRegistration(id: string, standing: Schemas["Standing"]): Promise<Registration> {
  return noticed(await answer(api.POST("/api/v1/sender-registrations/{registration_id}/status", { ...one(id), body: standing })));
}

export async function deleteRegistration(id: string): Promise<void> {
  await api.DELETE("/api/v1/sender-registrations/{registration_id}", one(id));
  queries.removeQueries({ queryKey: [...REGISTRATIONS, id] });
  await queries.invalidateQueries({ queryKey: REGISTRATIONS, exact: true });
}

/** Where the application is downloaded that the vendor is handed. */
export const applicationAddress = (id: string) => `/api/v1/sender-registrations/${encodeURIComponent(id)}/application`;

function noticed(registration: Registration): Registration {
  queries.setQueryData([...REGISTRATIONS, registration.id], registration);
  void queries.invalidateQueries({ queryKey: REGISTRATIONS, exact: true });
  return registration;
}
