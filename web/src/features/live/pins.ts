/** The same things in the order of these ids; what is not named stays behind, as it stood. */
export function in_order<Thing extends { id: string }>(
  things: readonly Thing[],
  ids: readonly string[],
): Thing[] {
  const place = new Map(ids.map((id, index) => [id, index]));
  const place_of = ({ id }: Thing) => place.get(id) ?? ids.length;
  return [...things].sort((a, b) => place_of(a) - place_of(b));
}

/** With one of them a place further to the front (-1) or the back (+1). */
export function moved<Thing>(things: readonly Thing[], index: number, by: -1 | 1): Thing[] {
  const target = index + by;
  const thing = things[index];
  if (thing === undefined || target < 0 || target >= things.length) return [...things];
  const rest = things.filter((_, each) => each !== index);
  rest.splice(target, 0, thing);
  return rest;
}
