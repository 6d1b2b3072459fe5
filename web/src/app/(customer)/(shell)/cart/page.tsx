import type { Metadata } from "next";
import { RequireRole } from "@/features/identity/require-role";
import { CartView } from "@/features/checkout/cart-view";
import { Page, PageHeader } from "@/ui/shell/page";

export const metadata: Metadata = { title: "Cart" };

export default function CartPage() {
  return (
    <Page>
      <PageHeader title="Cart" />
      <RequireRole roles={["customer"]}>
        <CartView />
      </RequireRole>
    </Page>
  );
}
