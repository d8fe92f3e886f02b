import { LIMITS } from "./content";
import { contentOf, listOf } from "./values";

interface Together {
  count: (items: readonly unknown[]) => number;
  most: number;
  /** What is counted. */
  of: "messages.all_rows";
}

/** Lists whose items have something that is counted over all of them. */
export const TOGETHER: Partial<Record<string, Together>> = {
  "WhatsAppList.sections": { count: (sections) => sections.flatMap((section) => listOf(contentOf(section).rows)).length, most: LIMITS.whatsapp_list_rows, of: "messages.all_rows" },
};
