import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { move } from "../router";
import { useSentence } from "../workspace/ProblemAlert";
import { pathTo } from "../workspace/sections";
import { tell } from "../workspace/toasts";
import type { Draft, Registration } from "./draft";
import { changeRegistration, makeRegistration, moveRegistration } from "./registrations";

/** Keeps an application on the base of what was seen of it, and sends it in. What is kept for the first time has an address from then on. */
export function useSaving(draft: Draft, isChanged: boolean, seen: string, stored?: Registration) {
  const { t } = useTranslation();
  const sentence = useSentence();
  const keep = async () => {
    if (stored) return isChanged ? changeRegistration(stored.id, draft, seen) : stored;
    return makeRegistration(draft);
  };
  const show = (id: string) => !stored && move(pathTo("sender-ids", id));
  const saving = useMutation({
    mutationFn: keep,
    onSuccess: ({ id }) => {
      show(id);
      tell("success", t("registrations.saved"));
    },
  });
  const send = async () => {
    const { id } = await keep();
    try {
      await moveRegistration(id, { status: "submitted", note: "" });
    } finally {
      show(id);
    }
  };
  const sending = useMutation({
    mutationFn: send,
    onSuccess: () => tell("success", t("registrations.sent")),
    onError: (error) => tell("error", sentence(error)),
  });
  return { saving, sending };
}
