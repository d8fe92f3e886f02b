import type { AnchorHTMLAttributes, Ref } from "react";
import { Link } from "../router";

type LinkToProps = AnchorHTMLAttributes<HTMLAnchorElement> & { href: string; ref?: Ref<HTMLAnchorElement> };

/** For `component` of MUI's buttons and items: a link within the page. */
export const LinkTo = (props: LinkToProps) => <Link {...props} />;
