/** What a link in a message carries behind its #, where no server and no log sees it. */
export type CodeLink = { verification_id: string | null; code: string | null };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const CODE = /^[0-9a-z -]{1,20}$/i;

/** "#verification_id=…&code=…"; what is malformed counts as missing. */
export function read_code_link(fragment: string): CodeLink {
  const fields = new URLSearchParams(fragment.replace(/^#/, ""));
  const id = fields.get("verification_id");
  const code = fields.get("code");
  return { verification_id: id && UUID.test(id) ? id : null, code: code && CODE.test(code) ? code : null };
}
