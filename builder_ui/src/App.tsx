import { type ReactNode, Suspense } from "react";
import { ChatPage } from "./chat/ChatPage";
import { EmbedPage } from "./embed/EmbedPage";
import { HomePage } from "./home/HomePage";
import { later } from "./later";
import { match, type RouteName, usePath } from "./router";

/** Apart from what visitors load. */
const workspace = later(() => import("./workspace/Workspace"));

/** Load what an address needs. */
export async function ready(path: string): Promise<void> {
  if (!match(path)) await (await workspace.load()).ready(path);
}

/** The page of each route that anybody may see. */
const PAGES: Record<RouteName, (parameters: Record<string, string>) => ReactNode> = {
  home: () => <HomePage />,
  chat: ({ sender = "" }) => <ChatPage key={sender} sender={sender} />,
  embed: ({ sender = "" }) => <EmbedPage key={sender} sender={sender} />,
};

export function App() {
  const path = usePath();
  const found = match(path);
  if (found) return PAGES[found.name](found.parameters);
  return (
    <Suspense>
      <workspace.Page path={path} />
    </Suspense>
  );
}
