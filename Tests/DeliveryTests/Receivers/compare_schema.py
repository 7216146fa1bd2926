"""Holds every message, field and enumeration of a descriptor set against opentelemetry-proto's own.

Argument: the file that `protoc --descriptor_set_out` wrote. Prints what differs; status 1 if anything does.
"""

import sys

from google.protobuf import descriptor_pb2
from opentelemetry.proto.collector.logs.v1 import logs_service_pb2
from opentelemetry.proto.collector.metrics.v1 import metrics_service_pb2
from opentelemetry.proto.common.v1 import common_pb2
from opentelemetry.proto.logs.v1 import logs_pb2
from opentelemetry.proto.metrics.v1 import metrics_pb2
from opentelemetry.proto.resource.v1 import resource_pb2

messages, enums = {}, {}
for module in (
    logs_service_pb2, metrics_service_pb2, common_pb2, logs_pb2, metrics_pb2, resource_pb2,
):
    file = descriptor_pb2.FileDescriptorProto()
    module.DESCRIPTOR.CopyToProto(file)
    messages.update({message.name: message for message in file.message_type})
    enums.update({enum.name: enum for enum in file.enum_type})


def shape(field):
    one_of = field.HasField("oneof_index") and not field.proto3_optional
    name = field.type_name.rsplit(".", 1)[-1]
    return field.number, field.type, field.label, name, one_of


ours = descriptor_pb2.FileDescriptorSet()
with open(sys.argv[1], "rb") as file:
    ours.ParseFromString(file.read())

differences, count = [], 0
for message in ours.file[0].message_type:
    theirs = {f.name: f for f in messages[message.name].field} if message.name in messages else {}
    for field in message.field:
        count += 1
        if field.name not in theirs or shape(field) != shape(theirs[field.name]):
            differences.append(f"{message.name}.{field.name}")
for enum in ours.file[0].enum_type:
    theirs = {v.name: v.number for v in enums[enum.name].value}
    for value in enum.value:
        count += 1
        if theirs.get(value.name) != value.number:
            differences.append(f"{enum.name}.{value.name}")
print("\n".join(differences) or f"{count} fields and values are the same")
sys.exit(1 if differences or count < 40 else 0)
