/// <reference types="vite/client" />
import "react";

declare module "react" {
  // custom properties may be set inline
  interface CSSProperties {
    [property: `--${string}`]: string | number | undefined;
  }
}
