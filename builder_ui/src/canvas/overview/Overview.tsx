import { useStoreApi } from "@xyflow/react";
import { useEffect, useMemo, useRef } from "react";
import { useLights } from "../../trying/lights";
import type { CanvasNode, Link } from "../elements";
import { useWorsts } from "../problems";
import { draw, inksOf, pictureOf } from "./picture";

interface OverviewProps {
  nodes: readonly CanvasNode[];
  links: readonly Link[];
  isDark: boolean;
}

/** All nodes and links as one picture, below those that are there to be touched: what is seen from far away. */
export function Overview({ nodes, links, isDark }: OverviewProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const flow = useStoreApi();
  const wrong = useWorsts();
  const lights = useLights();
  const picture = useMemo(() => pictureOf(nodes, links, wrong, lights), [nodes, links, wrong, lights]);
  const inks = useRef<ReturnType<typeof inksOf>>(null);
  useEffect(() => {
    inks.current = canvas.current && inksOf(canvas.current);
  }, [isDark]);
  useEffect(() => {
    const element = canvas.current!;
    const context = element.getContext("2d")!;
    let frame = 0;
    const show = () => {
      frame = 0;
      const { transform, width, height } = flow.getState();
      const scale = devicePixelRatio;
      // setting a size empties the canvas, and costs as much as drawing
      if (element.width !== width * scale) element.width = width * scale;
      if (element.height !== height * scale) element.height = height * scale;
      const [left, top, zoom] = transform;
      draw(context, picture, { left: left * scale, top: top * scale, zoom: zoom * scale }, inks.current!);
    };
    const later = () => void (frame ||= requestAnimationFrame(show));
    show();
    const leave = flow.subscribe((now, before) => {
      if (now.transform !== before.transform || now.width !== before.width || now.height !== before.height) later();
    });
    return () => {
      leave();
      cancelAnimationFrame(frame);
    };
  }, [flow, picture, isDark]);
  return <canvas ref={canvas} aria-hidden data-overview style={{ position: "absolute", inset: 0, width: "100%", height: "100%", pointerEvents: "none" }} />;
}
