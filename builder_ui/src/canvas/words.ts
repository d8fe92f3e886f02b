import { useMemo } from "react";
import { useTranslation } from "react-i18next";

/** What React Flow says to screen readers, in the language of the page. */
export function useWordsOfCanvas() {
  const { t } = useTranslation();
  return useMemo(
    () => ({
      "node.a11yDescription.default": t("canvas_words.node"),
      "node.a11yDescription.keyboardDisabled": t("canvas_words.node"),
      "node.a11yDescription.ariaLiveMessage": ({ x, y }: { x: number; y: number }) => t("canvas_words.moved", { x, y }),
      "edge.a11yDescription.default": t("canvas_words.link"),
      "controls.zoomIn.ariaLabel": t("canvas_words.zoom_in"),
      "controls.zoomOut.ariaLabel": t("canvas_words.zoom_out"),
      "handle.ariaLabel": t("canvas_words.outlet"),
    }),
    [t],
  );
}
