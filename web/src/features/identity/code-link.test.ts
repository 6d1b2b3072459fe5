import { expect, test } from "vitest";
import { read_code_link } from "./code-link";

const id = "0190163d-8694-739b-aea5-966c26f8ad91";

test("a link carries the id and the code", () => {
  expect(read_code_link(`#verification_id=${id}&code=ABCD1234`)).toEqual({
    verification_id: id,
    code: "ABCD1234",
  });
});

test("a page that was opened by hand carries nothing", () => {
  expect(read_code_link("")).toEqual({ verification_id: null, code: null });
});

test("an id alone is what asking for a code leaves behind", () => {
  expect(read_code_link(`#verification_id=${id}`)).toEqual({ verification_id: id, code: null });
});

test("what is malformed counts as missing", () => {
  expect(read_code_link("#verification_id=1&code=<script>")).toEqual({ verification_id: null, code: null });
});
