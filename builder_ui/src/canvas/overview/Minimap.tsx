import { Panel, useReactFlow, useStoreApi } from "@xyflow/react";
import { type PointerEvent, useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useEditor } from "../editor";
import { boundsOf, elementsOf } from "../elements";
import { useWorsts } from "../problems";
import { MAP } from "./map";
import styles from "./Minimap.module.css";
import { draw, type Inks, inksOf, pictureOf, type View } from "./picture";

const WIDTH = 200;
const HEIGHT = 130;
const MARGIN = 6;

/** Where one is: all of the scenario as a small picture, with a frame around what is seen. Pressed or dragged, it leads there. */
export function Minimap({ isDark }: { isDark: boolean }) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const flow = useReactFlow();
  const view = useSmallView();
  usePicture(canvas, view, isDark);
  useFrame(frame, view);
  const go = (event: PointerEvent) => {
    if (event.type === "pointermove" && event.buttons === 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const { left, top } = canvas.current!.getBoundingClientRect();
    const [x, y] = [(event.clientX - left - view.left) / view.zoom, (event.clientY - top - view.top) / view.zoom];
    void flow.setCenter(x, y, { zoom: flow.getZoom() });
  };
  return (
    <Panel id={MAP} position="bottom-right" className={styles.map!} role="img" aria-label={t("canvas.minimap")} style={{ width: WIDTH, height: HEIGHT }} onPointerDown={go} onPointerMove={go}>
      <canvas ref={canvas} className={styles.picture} />
      <div ref={frame} className={styles.frame} />
    </Panel>
  );
}

/** The view from which the whole scenario fits into the map. */
function useSmallView(): View {
  const scenario = useEditor((state) => state.scenario);
  return useMemo(() => {
    const { x, y, width, height } = boundsOf(scenario);
    const zoom = Math.min((WIDTH - 2 * MARGIN) / width, (HEIGHT - 2 * MARGIN) / height, 0.1);
    return { zoom, left: (WIDTH - width * zoom) / 2 - x * zoom, top: (HEIGHT - height * zoom) / 2 - y * zoom };
  }, [scenario]);
}

/** Draws the map when the scenario has changed; nodes that are being dragged stand where they stood. */
function usePicture(canvas: { current: HTMLCanvasElement | null }, view: View, isDark: boolean): void {
  const scenario = useEditor((state) => state.scenario);
  const wrong = useWorsts();
  const inks = useRef<Inks>(null);
  useEffect(() => {
    inks.current = canvas.current && inksOf(canvas.current);
  }, [canvas, isDark]);
  useEffect(() => {
    const wait = requestAnimationFrame(() => {
      const element = canvas.current!;
      [element.width, element.height] = [WIDTH * devicePixelRatio, HEIGHT * devicePixelRatio];
      const picture = pictureOf(elementsOf(scenario, []), [], wrong);
      const [left, top, zoom] = [view.left, view.top, view.zoom].map((one) => one * devicePixelRatio) as [number, number, number];
      draw(element.getContext("2d")!, picture, { left, top, zoom }, inks.current!);
    });
    return () => cancelAnimationFrame(wait);
  }, [canvas, scenario, wrong, view, isDark]);
}

/** Puts the frame around what is seen, without React: it moves with every frame of a pan. */
function useFrame(frame: { readonly current: HTMLDivElement | null }, view: View): void {
  const flow = useStoreApi();
  useEffect(() => {
    const place = () => {
      if (!frame.current) return; // React Flow changes its store once more when it goes
      const { transform, width, height } = flow.getState();
      const [left, top, zoom] = transform;
      const style = frame.current.style;
      const scale = view.zoom / zoom;
      style.transform = `translate(${-left * scale + view.left}px, ${-top * scale + view.top}px)`;
      style.width = `${width * scale}px`;
      style.height = `${height * scale}px`;
    };
    place();
    return flow.subscribe((now, before) => {
      if (now.transform !== before.transform || now.width !== before.width || now.height !== before.height) place();
    });
  }, [flow, frame, view]);
}
