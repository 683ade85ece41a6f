#include "CBox2D.h"

#include <box2d/box2d.h>

#include <memory>
#include <vector>

namespace {

/// Which bodies touch, and which have ever touched.
struct Contacts : b2ContactListener {
    std::vector<uint8_t> touching, touched;

    static size_t index(b2Fixture *fixture) { return fixture->GetBody()->GetUserData().pointer; }

    void BeginContact(b2Contact *contact) override {
        for (b2Fixture *fixture : {contact->GetFixtureA(), contact->GetFixtureB()}) {
            touching[index(fixture)] = 1;
            touched[index(fixture)] = 1;
        }
    }

    void EndContact(b2Contact *contact) override {
        for (b2Fixture *fixture : {contact->GetFixtureA(), contact->GetFixtureB()}) touching[index(fixture)] = 0;
    }
};

/// Finds the nearest fixture of some categories.
struct NearestFixture : b2RayCastCallback {
    uint16_t categories;
    float fraction = 1;

    float ReportFixture(b2Fixture *fixture, const b2Vec2 &, const b2Vec2 &, float at) override {
        if ((fixture->GetFilterData().categoryBits & categories) == 0) return -1;
        fraction = at;
        return at;
    }
};

b2FixtureDef fixture(const b2Shape &shape, box2d_material material) {
    b2FixtureDef definition;
    definition.shape = &shape;
    definition.density = material.density;
    definition.friction = material.friction;
    definition.filter.categoryBits = material.category;
    definition.filter.maskBits = material.mask;
    return definition;
}

b2PolygonShape polygon(const float *corners, int32_t count) {
    b2Vec2 points[b2_maxPolygonVertices];
    if (count > b2_maxPolygonVertices) count = b2_maxPolygonVertices;
    for (int32_t corner = 0; corner < count; corner++) points[corner].Set(corners[2 * corner], corners[2 * corner + 1]);
    b2PolygonShape shape;
    shape.Set(points, count);
    return shape;
}

}  // namespace

struct box2d_world {
    // Declared before the world, which tells it of contacts that end with it.
    Contacts contacts;
    b2World world;
    std::vector<b2Body *> bodies;
    std::vector<b2RevoluteJoint *> hinges;

    explicit box2d_world(b2Vec2 gravity) : world(gravity) { world.SetContactListener(&contacts); }

    int32_t add(b2BodyType type, float x, float y, float angle) {
        b2BodyDef definition;
        definition.type = type;
        definition.position.Set(x, y);
        definition.angle = angle;
        definition.userData.pointer = bodies.size();
        bodies.push_back(world.CreateBody(&definition));
        contacts.touching.push_back(0);
        contacts.touched.push_back(0);
        return static_cast<int32_t>(bodies.size() - 1);
    }
};

extern "C" {

box2d_world *box2d_world_create(float gravity_x, float gravity_y) {
    return new box2d_world(b2Vec2(gravity_x, gravity_y));
}

void box2d_world_destroy(box2d_world *world) { delete world; }

int32_t box2d_add_edges(box2d_world *world, const float *points, int32_t count, box2d_material material) {
    int32_t body = world->add(b2_staticBody, 0, 0, 0);
    for (int32_t edge = 0; edge < count; edge++, points += 4) {
        b2EdgeShape shape;
        shape.SetTwoSided(b2Vec2(points[0], points[1]), b2Vec2(points[2], points[3]));
        b2FixtureDef definition = fixture(shape, material);
        world->bodies[body]->CreateFixture(&definition);
    }
    return body;
}

int32_t box2d_add_static_polygon(box2d_world *world, const float *corners, int32_t count, box2d_material material) {
    int32_t body = world->add(b2_staticBody, 0, 0, 0);
    b2PolygonShape shape = polygon(corners, count);
    b2FixtureDef definition = fixture(shape, material);
    world->bodies[body]->CreateFixture(&definition);
    return body;
}

int32_t box2d_add_polygon(
    box2d_world *world, const float *corners, int32_t count, float x, float y, float angle, box2d_material material) {
    int32_t body = world->add(b2_dynamicBody, x, y, angle);
    b2PolygonShape shape = polygon(corners, count);
    b2FixtureDef definition = fixture(shape, material);
    world->bodies[body]->CreateFixture(&definition);
    return body;
}

int32_t box2d_add_box(
    box2d_world *world, float half_width, float half_height, float x, float y, float angle, box2d_material material) {
    int32_t body = world->add(b2_dynamicBody, x, y, angle);
    b2PolygonShape shape;
    shape.SetAsBox(half_width, half_height);
    b2FixtureDef definition = fixture(shape, material);
    world->bodies[body]->CreateFixture(&definition);
    return body;
}

int32_t box2d_add_hinge(box2d_world *world, box2d_hinge hinge) {
    b2RevoluteJointDef definition;
    definition.bodyA = world->bodies[hinge.body_a];
    definition.bodyB = world->bodies[hinge.body_b];
    definition.localAnchorA.Set(hinge.anchor_a_x, hinge.anchor_a_y);
    definition.localAnchorB.Set(hinge.anchor_b_x, hinge.anchor_b_y);
    definition.enableLimit = true;
    definition.lowerAngle = hinge.lower_angle;
    definition.upperAngle = hinge.upper_angle;
    definition.enableMotor = true;
    definition.motorSpeed = hinge.motor_speed;
    definition.maxMotorTorque = hinge.maximum_torque;
    world->hinges.push_back(static_cast<b2RevoluteJoint *>(world->world.CreateJoint(&definition)));
    return static_cast<int32_t>(world->hinges.size() - 1);
}

void box2d_set_motor(box2d_world *world, int32_t hinge, float speed, float maximum_torque) {
    world->hinges[hinge]->SetMotorSpeed(speed);
    world->hinges[hinge]->SetMaxMotorTorque(maximum_torque);
}

float box2d_hinge_angle(const box2d_world *world, int32_t hinge) { return world->hinges[hinge]->GetJointAngle(); }

float box2d_hinge_speed(const box2d_world *world, int32_t hinge) { return world->hinges[hinge]->GetJointSpeed(); }

void box2d_apply_force(box2d_world *world, int32_t body, float x, float y) {
    world->bodies[body]->ApplyForceToCenter(b2Vec2(x, y), true);
}

void box2d_apply_torque(box2d_world *world, int32_t body, float torque) {
    world->bodies[body]->ApplyTorque(torque, true);
}

void box2d_apply_impulse(box2d_world *world, int32_t body, float x, float y, float at_x, float at_y) {
    world->bodies[body]->ApplyLinearImpulse(b2Vec2(x, y), b2Vec2(at_x, at_y), true);
}

void box2d_step(box2d_world *world, float seconds, int32_t velocity_iterations, int32_t position_iterations) {
    world->world.Step(seconds, velocity_iterations, position_iterations);
}

box2d_body box2d_body_state(const box2d_world *world, int32_t body) {
    const b2Body &b = *world->bodies[body];
    box2d_body state;
    state.x = b.GetPosition().x;
    state.y = b.GetPosition().y;
    state.angle = b.GetAngle();
    state.velocity_x = b.GetLinearVelocity().x;
    state.velocity_y = b.GetLinearVelocity().y;
    state.angular_velocity = b.GetAngularVelocity();
    state.is_awake = b.IsAwake();
    state.is_touching = world->contacts.touching[body] != 0;
    state.has_touched = world->contacts.touched[body] != 0;
    return state;
}

float box2d_cast_ray(const box2d_world *world, float x1, float y1, float x2, float y2, uint16_t categories) {
    NearestFixture nearest;
    nearest.categories = categories;
    world->world.RayCast(&nearest, b2Vec2(x1, y1), b2Vec2(x2, y2));
    return nearest.fraction;
}

}  // extern "C"
