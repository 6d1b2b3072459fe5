import type { Metadata } from "next";
import { Shows } from "./shows";

export const metadata: Metadata = { title: "Shows" };

export default function ShowsPage() {
  return <Shows />;
}
