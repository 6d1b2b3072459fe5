import { NextResponse, type NextRequest } from "next/server";
import { tenant_key } from "./lib/tenant";

/** Sends public pages to their tenant's own cached copy; the address in the browser stays as it is. */
export function proxy(request: NextRequest) {
  const key = tenant_key(request.headers.get("x-tenant"), request.headers.get("host"));
  const url = request.nextUrl.clone();
  url.pathname = `/_t/${key}${url.pathname === "/" ? "" : url.pathname}`;
  return NextResponse.rewrite(url);
}

export const config = { matcher: ["/", "/stores/:path+", "/products/:path+", "/live/:path+"] };
