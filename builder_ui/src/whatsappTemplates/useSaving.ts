import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { move } from "../router";
import { useSentence } from "../workspace/ProblemAlert";
import { pathTo } from "../workspace/sections";
import { tell } from "../workspace/toasts";
import type { Draft } from "./model/components";
import { changeTemplate, makeTemplate, type StoredTemplate, submitTemplate } from "./templates";

/** Keeps a draft, and hands it in. What is kept for the first time has an address from then on. */
export function useSaving(draft: Draft, isChanged: boolean, stored?: StoredTemplate) {
  const { t } = useTranslation();
  const sentence = useSentence();
  const keep = async () => {
    if (stored) return isChanged ? changeTemplate(stored.id, draft) : stored;
    return makeTemplate(draft);
  };
  const show = (id: string) => !stored && move(pathTo("whatsapp-templates", id));
  const saving = useMutation({
    mutationFn: keep,
    onSuccess: ({ id }) => {
      show(id);
      tell("success", t("whatsapp_templates.saved"));
    },
  });
  const submit = async () => {
    const { id } = await keep();
    try {
      await submitTemplate(id);
    } finally {
      show(id);
    }
  };
  const submitting = useMutation({
    mutationFn: submit,
    onSuccess: () => tell("success", t("whatsapp_templates.submitted")),
    onError: (error) => tell("error", sentence(error)),
  });
  return { saving, submitting };
}
