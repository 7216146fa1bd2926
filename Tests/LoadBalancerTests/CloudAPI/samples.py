"""Answers of the cloud API for one small shop, built with the SDK's own models.

A member that a model does not have is an error here, so that the names are the API's.
"""

from tencentcloud.clb.v20180317 import models as clb
from tencentcloud.cvm.v20170312 import models as cvm
from tencentcloud.vpc.v20170312 import models as vpc

HOST, NEIGHBOUR = "10.0.8.5", "10.0.8.6"
HOST_ID, NEIGHBOUR_ID = "ins-9z8y7x6w", "ins-1a2b3c4d"
EDGE, INNER = "lb-a1b2c3d4", "lb-e5f6a7b8"


def make(model, **members):
    value = model()
    for name, member in members.items():
        if not hasattr(type(value), name):
            raise AttributeError(f"{type(value).__name__} has no {name}")
        setattr(value, name, member)
    return value


def check(check_type, **members):
    defaults = dict(HealthSwitch=1, TimeOut=2, IntervalTime=5, HealthNum=3, UnHealthNum=3, SourceIpType=1)
    return make(clb.HealthCheck, CheckType=check_type, **{**defaults, **members})


def listener(name, protocol, port, **members):
    return make(
        clb.Listener, ListenerId=name, ListenerName=name, Protocol=protocol, Port=port,
        **{"EndPort": 0, "TargetType": "NODE", "AttrFlags": [], "KeepaliveEnable": 0, **members})


def rule(name, owner, domain, url, forward, health):
    return make(
        clb.RuleOutput, LocationId=name, ListenerId=owner, Domain=domain, Url=url, ForwardType=forward,
        HealthCheck=health, TargetType="NODE", Domains=[domain], Http2=False, DefaultServer=False)


EDGE_LISTENERS = [
    listener("lbl-tcp00001", "TCP", 8443, HealthCheck=check("TCP")),
    listener("lbl-tcp00002", "TCP", 9000, HealthCheck=check(
        "HTTP", HttpCode=2, HttpCheckPath="/ready", HttpCheckDomain="ready.example.test",
        HttpCheckMethod="GET", HttpVersion="HTTP/1.1", CheckPort=9001, SourceIpType=0)),
    listener("lbl-udp00001", "UDP", 53, HealthCheck=check(
        "CUSTOM", ContextType="HEX", SendContext="0A1B", RecvContext="0A", TimeOut=3)),
    listener("lbl-udp00002", "UDP", 514, HealthCheck=check("PING", HealthSwitch=0)),
    listener("lbl-range001", "TCP", 10000, EndPort=10010, HealthCheck=check("TCP", CheckPort=10000)),
    listener("lbl-group001", "TCP", 7000, TargetType="TARGETGROUP", HealthCheck=check("TCP"),
             TargetGroup=make(clb.BasicTargetGroupInfo, TargetGroupId="lbtg-0a1b2c3d",
                              TargetGroupName="workers")),
    listener("lbl-http0001", "HTTP", 80, Rules=[
        rule("loc-0001aaaa", "lbl-http0001", "shop.example.test", "/", "HTTP", check(
            "HTTP", HttpCode=15, HttpCheckPath="/healthz", HttpCheckDomain="shop.example.test",
            HttpCheckMethod="GET")),
        rule("loc-0002bbbb", "lbl-http0001", "*.example.test", "/api", "HTTP", check(
            "HTTP", HttpCode=31, HttpCheckPath="/status.php", HttpCheckMethod="HEAD", SourceIpType=None)),
    ]),
    listener("lbl-https001", "HTTPS", 443, Rules=[
        rule("loc-0003cccc", "lbl-https001", "shop.example.test", "/", "HTTPS", check(
            "HTTPS", HttpCode=3, HttpCheckPath="/", HttpCheckDomain="shop.example.test",
            HttpCheckMethod="HEAD", TimeOut=5)),
        rule("loc-0004dddd", "lbl-https001", "shop.example.test", "/orders", "GRPC", check(
            "GRPC", ExtendedCode="0,12", HttpCheckPath="/")),
    ]),
]

INNER_LISTENERS = [
    listener("lbl-ssl00001", "TCP_SSL", 6443, HealthCheck=check("TCP", SourceIpType=0)),
]

# Listener or rule, with the ports that real servers are bound by.
BINDINGS = [
    (EDGE, "lbl-tcp00001", None, 8443, "Dead"), (EDGE, "lbl-tcp00002", None, 9000, "Alive"),
    (EDGE, "lbl-udp00001", None, 53, "Alive"), (EDGE, "lbl-udp00002", None, 514, "Close"),
    (EDGE, "lbl-range001", None, 0, "Unknown"), (EDGE, "lbl-http0001", "loc-0001aaaa", 8080, "Dead"),
    (EDGE, "lbl-http0001", "loc-0002bbbb", 8080, "Alive"),
    (EDGE, "lbl-https001", "loc-0003cccc", 8444, "Dead"),
    (EDGE, "lbl-https001", "loc-0004dddd", 50051, "Dead"), (INNER, "lbl-ssl00001", None, 6443, "Alive"),
]


def everything(owner):
    return EDGE_LISTENERS if owner == EDGE else INNER_LISTENERS


def bound(listener_id, location):
    return [b for b in BINDINGS if b[1] == listener_id and b[2] == location]


def backends(listener_id, location=None):
    return [
        make(clb.Backend, Type="CVM", InstanceId=instance, Port=port, Weight=10, InstanceName="web",
             PrivateIpAddresses=[address], PublicIpAddresses=[], EniId="", Zone="ap-guangzhou-3")
        for _, _, _, port, _ in bound(listener_id, location)
        for instance, address in ((HOST_ID, HOST), (NEIGHBOUR_ID, NEIGHBOUR))
    ]


def describe_listeners(request):
    found = everything(request["LoadBalancerId"])
    return make(clb.DescribeListenersResponse, Listeners=found, TotalCount=len(found))


def describe_targets(request):
    def one(listener):
        layer7 = listener.Rules is not None
        return make(
            clb.ListenerBackend, ListenerId=listener.ListenerId, Protocol=listener.Protocol,
            Port=listener.Port, EndPort=listener.EndPort,
            Targets=None if layer7 else backends(listener.ListenerId),
            Rules=[make(clb.RuleTargets, LocationId=r.LocationId, Domain=r.Domain, Url=r.Url,
                        Targets=backends(listener.ListenerId, r.LocationId), FunctionTargets=[])
                   for r in listener.Rules] if layer7 else None)

    return make(clb.DescribeTargetsResponse, Listeners=[one(l) for l in everything(request["LoadBalancerId"])])


def describe_target_health(request):
    def targets(listener_id, location):
        return [
            make(clb.TargetHealth, IP=address, Port=port or 10000, TargetId=instance, Weight=10,
                 HealthStatus=state == "Alive", HealthStatusDetail=state)
            for _, _, _, port, state in bound(listener_id, location)
            for instance, address in ((HOST_ID, HOST), (NEIGHBOUR_ID, NEIGHBOUR))
        ]

    def one(listener):
        rules = [(r.LocationId, r.Domain, r.Url, r.LocationId) for r in listener.Rules or []]
        return make(
            clb.ListenerHealth, ListenerId=listener.ListenerId, ListenerName=listener.ListenerName,
            Protocol=listener.Protocol, Port=listener.Port, Rules=[
                make(clb.RuleHealth, LocationId=name, Domain=domain, Url=url,
                     Targets=targets(listener.ListenerId, key))
                for name, domain, url, key in rules or [("loc-" + listener.ListenerId[-8:], None, None, None)]])

    return make(clb.DescribeTargetHealthResponse, LoadBalancers=[
        make(clb.LoadBalancerHealth, LoadBalancerId=owner, LoadBalancerName="shop",
             Listeners=[one(l) for l in everything(owner)])
        for owner in request["LoadBalancerIds"]])


def describe_lb_listeners(request):
    wanted = [b["PrivateIp"] for b in request["Backends"]]

    def one(listener):
        def places(location):
            return [make(clb.LbRsTargets, Type="cvm", PrivateIp=address, Port=port, VpcId=1234567, Weight=10)
                    for _, _, _, port, _ in bound(listener.ListenerId, location) for address in wanted]

        layer7 = listener.Rules is not None
        return make(
            clb.ListenerItem, ListenerId=listener.ListenerId, Protocol=listener.Protocol, Port=listener.Port,
            EndPort=listener.EndPort, Targets=[] if layer7 else places(None),
            Rules=[make(clb.RulesItems, LocationId=r.LocationId, Domain=r.Domain, Url=r.Url,
                        Targets=places(r.LocationId)) for r in listener.Rules] if layer7 else None)

    return make(clb.DescribeLBListenersResponse, LoadBalancers=[
        make(clb.LBItem, LoadBalancerId=owner, Vip=vip, Region="ap-guangzhou",
             Listeners=[one(l) for l in everything(owner)])
        for owner, vip in ((EDGE, "203.0.113.20"), (INNER, ""))])


def describe_load_balancers(_):
    zone = make(clb.ZoneInfo, Zone="ap-guangzhou-3", ZoneRegion="ap-guangzhou", ZoneId=100003)
    common = dict(Forward=1, Status=1, MasterZone=zone, AddressIPVersion="ipv4", Snat=False, SnatPro=False,
                  SnatIps=[], LoadBalancerPassToTarget=False, AttributeFlags=[])
    return make(clb.DescribeLoadBalancersResponse, TotalCount=2, LoadBalancerSet=[
        make(clb.LoadBalancer, LoadBalancerId=EDGE, LoadBalancerName="shop-edge", LoadBalancerType="OPEN",
             LoadBalancerVips=["203.0.113.20"], Domain="", LoadBalancerDomain="", **common),
        make(clb.LoadBalancer, LoadBalancerId=INNER, LoadBalancerName="店-inner", LoadBalancerType="INTERNAL",
             LoadBalancerVips=[], Domain="", LoadBalancerDomain="lb-e5f6a7b8.clb.example.test", **common),
    ])


def describe_instances(_):
    return make(cvm.DescribeInstancesResponse, TotalCount=2, InstanceSet=[
        make(cvm.Instance, InstanceId=name, InstanceName="web", InstanceState="RUNNING",
             PrivateIpAddresses=[address],
             InternetAccessible=make(cvm.InternetAccessible, InternetMaxBandwidthOut=0,
                                     InternetChargeType="TRAFFIC_POSTPAID_BY_HOUR"))
        for name, address in ((HOST_ID, HOST), (NEIGHBOUR_ID, NEIGHBOUR))])


def describe_network_account_type(_):
    return make(vpc.DescribeNetworkAccountTypeResponse, NetworkAccountType="LEGACY")


ANSWERS = {
    "DescribeListeners": describe_listeners, "DescribeTargets": describe_targets,
    "DescribeTargetHealth": describe_target_health, "DescribeLBListeners": describe_lb_listeners,
    "DescribeLoadBalancers": describe_load_balancers, "DescribeInstances": describe_instances,
    "DescribeNetworkAccountType": describe_network_account_type,
}
