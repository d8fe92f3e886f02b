/** The server lets styles be made by those who know the nonce of this load (botflow/web.py). */
export const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? "";
