import type { Metadata } from "next";
import { Figures } from "./figures";

export const metadata: Metadata = { title: "Figures" };

export default function FiguresPage() {
  return <Figures />;
}
