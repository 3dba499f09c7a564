internal import HTTPTypes
internal import Hummingbird
private import NIOCore

/// A file of the page, which the binary holds.
struct PageAsset: Sendable {
  var path: String
  var contentType: String
  var bytes: [UInt8]

  var response: Response {
    Response(
      status: .ok, headers: [.contentType: contentType],
      body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  private static func script(_ path: String, _ bytes: [UInt8]) -> PageAsset {
    PageAsset(path: path, contentType: "text/javascript; charset=utf-8", bytes: bytes)
  }

  static let all = [
    PageAsset(
      path: "/", contentType: "text/html; charset=utf-8", bytes: PackageResources.index_html),
    PageAsset(
      path: "page.css", contentType: "text/css; charset=utf-8", bytes: PackageResources.page_css),
    PageAsset(path: "icon.svg", contentType: "image/svg+xml", bytes: PackageResources.icon_svg),
    script("page.js", PackageResources.page_js), script("editor.js", PackageResources.editor_js),
    script("make.js", PackageResources.make_js), script("server.js", PackageResources.server_js),
    script("show.js", PackageResources.show_js), script("words.js", PackageResources.words_js),
  ]
}
