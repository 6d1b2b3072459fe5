import type { Metadata } from "next";
import { EditProduct } from "../edit-product";

export const metadata: Metadata = { title: "Edit product" };

export default async function EditProductPage({ params }: { params: Promise<{ product_id: string }> }) {
  return <EditProduct product_id={(await params).product_id} />;
}
