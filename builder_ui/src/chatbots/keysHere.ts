import { useDepartments } from "../departments/departments";
import { useLibrary } from "../media/media";
import { useTemplates } from "../whatsappTemplates/templates";
import { useChatbots } from "./chatbots";
import type { Kind } from "./mapping";

interface Key {
  id: string;
  name: string;
}

/** What is here that a scenario can name, as far as whoever asks may see it. */
export function useKeys(): Readonly<Record<Kind, readonly Key[]>> {
  const chatbots = useChatbots().data ?? [];
  const departments = useDepartments().data ?? [];
  const media = useLibrary().data ?? [];
  const templates = new Set((useTemplates().data ?? []).map(({ name }) => name));
  return {
    chatbots: chatbots.map(({ id, name }) => ({ id, name: name || id })),
    departments: departments.map(({ name }) => ({ id: name, name })),
    assets: media.map(({ key, name }) => ({ id: key, name: name || key })),
    templates: [...templates].map((name) => ({ id: name, name })),
  };
}
