import type { Metadata } from "next";
import { Reviews } from "./reviews";

export const metadata: Metadata = { title: "Reviews" };

export default function ReviewsPage() {
  return <Reviews />;
}
