import type { Metadata } from "next";
import { EditProduct } from "../edit-product";

export const metadata: Metadata = { title: "New product" };

export default function NewProductPage() {
  return <EditProduct product_id={null} />;
}
