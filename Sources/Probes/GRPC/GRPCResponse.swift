/// The answer to a gRPC call, or to an HTTP/2 request that no gRPC server took.
package struct GRPCResponse: Sendable, Hashable, Codable {
  /// `:status`; gRPC servers send 200 whatever became of the call.
  package var httpStatus: Int?
  /// `grpc-status`, from the trailers or from the only head; `nil` where there is none that is a number.
  package var status: Int?
  /// `grpc-message` as sent, at most 256 bytes.
  package var message: String?
  /// `content-type` as sent, at most 256 bytes; that of gRPC begins with `application/grpc`.
  package var contentType: String?

  package init(
    httpStatus: Int? = nil, status: Int? = nil, message: String? = nil, contentType: String? = nil
  ) {
    self.httpStatus = httpStatus
    self.status = status
    self.message = message
    self.contentType = contentType
  }

  /// Whether it is an answer of gRPC at all.
  package var isGRPC: Bool {
    status != nil || contentType?.hasPrefix("application/grpc") == true
  }
}
